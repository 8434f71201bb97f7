/** What every public page runs: forms, the consent notice, and behaviour where the visitor agreed to it. */
import { askChallenge, focusErrors, guardForms } from './forms.ts';
import { rememberAnswer } from './consent.ts';
import { watch } from './behaviour.ts';

guardForms();
askChallenge();
focusErrors();
rememberAnswer();
watch();

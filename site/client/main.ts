/** What every public page runs: menus, forms, the consent notice, and behaviour where the visitor agreed to it. */
import { attendForms, focusErrors, guardForms } from './forms.ts';
import { rememberAnswer } from './consent.ts';
import { closeMenus } from './menu.ts';
import { hideBroken } from './pictures.ts';
import { noteArrival } from './arrival.ts';
import { attendSearch } from './search-fields.ts';
import { watch } from './behaviour.ts';

closeMenus();
hideBroken();
guardForms();
attendForms();
attendSearch();
focusErrors();
rememberAnswer();
watch();
noteArrival();

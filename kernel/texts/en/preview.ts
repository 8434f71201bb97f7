/** The preview of drafts, and what editors should mend. Keys of `problems` are the codes of `cms/content.ts`. */
export const preview = {
	label: 'Draft preview',
	status: { draft: 'Draft', in_review: 'In review', published: 'Published', archived: 'Archived' },
	visibility: {
		hidden: 'Not public',
		live: 'Public in this state',
		otherState: 'The public still sees the state before',
		coming: 'Goes online on {date}',
		over: 'Taken offline on {date}',
	},
	version: 'Version “{version}”',
	changed: 'Last change {date}',
	forms: 'Forms are switched off here.',
	languages: 'Language',
	asStranger: 'As a stranger sees it',
	asReader: 'With everything open',
	files: 'Files of this draft',
	ready: 'Nothing is missing.',
	missing: { one: 'One thing to mend', many: '{count} things to mend' },
	openLive: 'Public page',
	openStudio: 'Edit in Directus',
	incomplete: {
		title: 'This draft cannot be shown yet',
		text: 'It lacks what its page is built on. Add what is listed here, save, and it appears.',
	},
	unsaved: {
		title: 'Save it once to see it here',
		text: 'A new item gets its preview address with the first save. Give it a title and an address part, keep the status “Draft”, and save: nobody but you sees it.',
	},
	away: {
		title: 'The draft cannot be read at the moment',
		text: 'Directus does not answer the site. Your work in Directus is not lost. Try again in a minute; if it stays like this, tell the person who runs the server.',
		retry: 'Try again',
	},
	noPost: 'Forms do not work in a preview.',
	severity: {
		hidden: { name: 'Not shown', help: 'The item is missing from the site.' },
		partial: { name: 'Shown in part', help: 'The item is there; something in it is left out.' },
		hint: { name: 'Worth a look', help: 'Everything is shown, but not as it could be.' },
	},
	problems: {
		'left-out': { what: 'The item is not shown: it lacks a part that its page is built on.', todo: 'Fill in the field and save.' },
		'duplicate-slug': { what: 'Two items have the same address. Only the first is shown.', todo: 'Give one of them another address part.' },
		'bad-schedule': { what: 'It would go offline before it goes online, so it is never shown.', todo: 'Correct the dates, or empty one of them.' },
		'no-page': {
			what: 'It has no title in one of its languages, so it is not shown in that language.',
			todo: 'Write the title, or take the language off the list.',
		},
		'dangling-reference': { what: 'It refers to something that is not published.', todo: 'Publish the other item, or take it out of the list.' },
		'missing-file': { what: 'A file is missing.', todo: 'Upload the file or choose another one.' },
		'not-a-picture': {
			what: 'The file chosen as a picture is none that browsers can show.',
			todo: 'Save it as PNG, JPEG, WebP or SVG and upload it again.',
		},
		'too-large': {
			what: 'It is too large and is left out.',
			todo: 'Make it smaller: pictures up to 10,000 pixels a side, texts up to 200,000 characters.',
		},
		'unstampable-file': {
			what: 'The PDF cannot carry its reader’s name: it is encrypted, damaged or very large. Readers get it as it is.',
			todo: 'Save it without a password and upload it again.',
		},
		'broken-block': { what: 'A block of the page cannot be shown.', todo: 'Choose one of the kinds in the list and fill in what it asks for.' },
		'unsafe-link': {
			what: 'A link does not lead to a page, a mail or a phone number, and is left out.',
			todo: 'Write it as https://…, mailto:…, tel:… or /….',
		},
		'invalid-field': { what: 'A value does not fit and is left out.', todo: 'Correct the value.' },
		'form-field': {
			what: 'A field of the form is left out: its name or its kind is none.',
			todo: 'Choose a kind from the list. Names are Latin letters, digits, - and _, and begin with a letter.',
		},
		'form-duplicate-field': { what: 'Two fields of the form have the same name. Only the first is asked.', todo: 'Rename or remove one of them.' },
		'form-reserved-name': {
			what: 'A field of the form has a name that every form uses for itself. It is left out.',
			todo: 'Give it another name, such as myQuestion.',
		},
		'form-rule': {
			what: 'The condition of a field names a field or an answer that the form does not have. The field is asked without it.',
			todo: 'Choose a field of the same form that stands before it, and one of its answers.',
		},
		'form-no-options': { what: 'A list of the form has nothing to choose from. It is left out.', todo: 'Add its options.' },
		'form-no-mail': {
			what: 'The form has no field for the mail address. Nothing works without one, so it is asked first.',
			todo: 'Add a field named email of the kind mail address, in the place you want.',
		},
		'missing-translation': {
			what: 'A text is missing in one language; the other language is shown.',
			todo: 'Write the text, or take the language off the list.',
		},
		'active-html': {
			what: 'The text holds HTML that pages do not take, such as scripts or frames. It was left out.',
			todo: 'Write the text as Markdown.',
		},
		'mail-field': {
			what: 'The mail template names a field that there is not, so it is not sent.',
			todo: 'Use one of the fields that the notes name, such as {{person.company}}.',
		},
		'mail-script': {
			what: 'The mail template holds HTML or a script, so it is not sent.',
			todo: 'Write plain text with **bold**, [words](link) and lists.',
		},
		'mail-empty': {
			what: 'The mail template lacks something that a mail needs, so it is not sent.',
			todo: 'Fill in what is named: the subject, a block, or the link of a button.',
		},
	},
} as const;

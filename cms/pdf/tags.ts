import type PDFDocument from 'pdfkit';

type Doc = InstanceType<typeof PDFDocument>;
type Element = ReturnType<Doc['struct']>;
/** `H1` to `H3`, `P`, `TH`, `TD`, `LBody`, `Figure`, …: ISO 32000-1, 14.8.4. */
type Leaf = 'H1' | 'H2' | 'H3' | 'P' | 'TH' | 'TD' | 'LBody' | 'TOCI' | 'Figure';
type Group = 'Sect' | 'Table' | 'TR' | 'L' | 'LI' | 'TOC';

/** The structure that readers with assistive technology follow; the order of calls is the order of reading. */
export interface Tags {
	/** What `draw` writes is one piece of content. `alt` says what a picture shows. */
	leaf(type: Leaf, draw: () => void, alt?: string): void;
	/** What `draw` tags lies together. */
	group(type: Group, draw: () => void): void;
	/** Furniture that is not read aloud: heads, feet. */
	artifact(draw: () => void): void;
	/** Keeps a place in the order of reading, to be filled later, before the end. */
	place(type: Group): (fill: () => void) => void;
	end(): void;
}

export function createTags(doc: Doc): Tags {
	const root = doc.struct('Document');
	doc.addStructure(root);
	const waiting: Element[] = [];
	let parent: Element = root;
	let isMarked = false;

	const marked = (draw: () => void): void => {
		isMarked = true;
		draw();
		isMarked = false;
		doc.endMarkedContent();
	};
	const within = (element: Element, draw: () => void): void => {
		const former = parent;
		parent = element;
		draw();
		parent = former;
	};

	return Object.freeze<Tags>({
		leaf: (type, draw, alt) => {
			if (isMarked) return draw();
			const element = alt === undefined ? doc.struct(type) : doc.struct(type, { alt });
			parent.add(element);
			const content = doc.markStructureContent(type);
			marked(draw);
			element.add(content);
			element.end();
		},
		group: (type, draw) => {
			if (isMarked) return draw();
			const element = doc.struct(type);
			parent.add(element);
			within(element, draw);
			element.end();
		},
		artifact: (draw) => {
			if (isMarked) return draw();
			doc.markContent('Artifact', { type: 'Pagination' });
			marked(draw);
		},
		place: (type) => {
			const element = doc.struct(type);
			parent.add(element);
			waiting.push(element);
			return (fill) => within(element, fill);
		},
		end: () => {
			for (const element of waiting) element.end();
			root.end();
		},
	});
}

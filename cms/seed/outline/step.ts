import type { Solid, Spot } from './envelope.ts';

export interface StepPart {
	/** Part number. */
	readonly id: string;
	readonly name: string;
	readonly organisation: string;
	readonly filename: string;
	readonly solids: readonly Solid[];
}

/** Writes entities one after the other and hands out their numbers. */
interface Writer {
	add(entity: string): string;
	point(spot: Spot): string;
	direction(spot: Spot): string;
	axes(at: Spot, axis: Spot, reference: Spot): string;
	readonly lines: readonly string[];
}

/**
 * A STEP file of solids bounded by planes and cylinders, in millimetres.
 * Source: ISO 10303-21 (text), ISO 10303-214 (automotive design, AP214).
 */
export function stepFile({ id, name, organisation, filename, solids }: StepPart): string {
	const writer = createWriter();
	const { add } = writer;
	const application = add("APPLICATION_CONTEXT('core data for automotive mechanical design processes')");
	add(`APPLICATION_PROTOCOL_DEFINITION('international standard','automotive_design',2000,${application})`);
	const product = add(`PRODUCT(${text(id)},${text(name)},'',(${add(`PRODUCT_CONTEXT('',${application},'mechanical')`)}))`);
	add(`PRODUCT_RELATED_PRODUCT_CATEGORY('part',$,(${product}))`);
	const formation = add(`PRODUCT_DEFINITION_FORMATION('','',${product})`);
	const stage = add(`PRODUCT_DEFINITION_CONTEXT('part definition',${application},'design')`);
	const shape = add(`PRODUCT_DEFINITION_SHAPE('','',${add(`PRODUCT_DEFINITION('design','',${formation},${stage})`)})`);
	const context = units(add);
	const origin = writer.axes([0, 0, 0], [0, 0, 1], [1, 0, 0]);
	const bodies = solids.map((solid) =>
		add(`MANIFOLD_SOLID_BREP('',${solid.shape === 'box' ? boxShell(solid, writer) : cylinderShell(solid, writer)})`),
	);
	add(`SHAPE_DEFINITION_REPRESENTATION(${shape},${add(`ADVANCED_BREP_SHAPE_REPRESENTATION('',(${[origin, ...bodies].join(',')}),${context})`)})`);
	return [
		'ISO-10303-21;',
		'HEADER;',
		"FILE_DESCRIPTION(('Envelope model: outer dimensions only'),'2;1');",
		`FILE_NAME(${text(filename)},'2026-01-01T00:00:00',(''),(${text(organisation)}),'','','');`,
		"FILE_SCHEMA(('AUTOMOTIVE_DESIGN { 1 0 10303 214 1 1 1 1 }'));",
		'ENDSEC;',
		'DATA;',
		...writer.lines,
		'ENDSEC;',
		'END-ISO-10303-21;',
		'',
	].join('\n');
}

function createWriter(): Writer {
	const lines: string[] = [];
	const add = (entity: string): string => {
		lines.push(`#${lines.length + 1}=${entity};`);
		return `#${lines.length}`;
	};
	const list = (spot: Spot): string => spot.map(real).join(',');
	const point = (spot: Spot): string => add(`CARTESIAN_POINT('',(${list(spot)}))`);
	const direction = (spot: Spot): string => add(`DIRECTION('',(${list(spot)}))`);
	const axes = (at: Spot, axis: Spot, reference: Spot): string =>
		add(`AXIS2_PLACEMENT_3D('',${point(at)},${direction(axis)},${direction(reference)})`);
	return { lines, add, point, direction, axes };
}

function units(add: Writer['add']): string {
	const length = add('(LENGTH_UNIT()NAMED_UNIT(*)SI_UNIT(.MILLI.,.METRE.))');
	const angle = add('(NAMED_UNIT(*)PLANE_ANGLE_UNIT()SI_UNIT($,.RADIAN.))');
	const solid = add('(NAMED_UNIT(*)SI_UNIT($,.STERADIAN.)SOLID_ANGLE_UNIT())');
	const exact = add(`UNCERTAINTY_MEASURE_WITH_UNIT(LENGTH_MEASURE(1.E-05),${length},'distance_accuracy_value','')`);
	return add(
		`(GEOMETRIC_REPRESENTATION_CONTEXT(3)GLOBAL_UNCERTAINTY_ASSIGNED_CONTEXT((${exact}))` +
			`GLOBAL_UNIT_ASSIGNED_CONTEXT((${length},${angle},${solid}))REPRESENTATION_CONTEXT('',''))`,
	);
}

/** The corners by their binary number (x 1, y 2, z 4), and each face by its corners, counter-clockwise from outside. */
const FACES: readonly { readonly normal: Spot; readonly along: Spot; readonly corners: readonly number[] }[] = [
	{ normal: [0, 0, -1], along: [1, 0, 0], corners: [0, 2, 3, 1] },
	{ normal: [0, 0, 1], along: [1, 0, 0], corners: [4, 5, 7, 6] },
	{ normal: [0, -1, 0], along: [1, 0, 0], corners: [0, 1, 5, 4] },
	{ normal: [0, 1, 0], along: [1, 0, 0], corners: [2, 6, 7, 3] },
	{ normal: [-1, 0, 0], along: [0, 1, 0], corners: [0, 4, 6, 2] },
	{ normal: [1, 0, 0], along: [0, 1, 0], corners: [1, 3, 7, 5] },
];

function boxShell({ at, size }: Extract<Solid, { shape: 'box' }>, writer: Writer): string {
	const { add, point, direction, axes } = writer;
	const corner = (number: number): Spot => [
		at[0] + (number & 1 ? size[0] : 0),
		at[1] + (number & 2 ? size[1] : 0),
		at[2] + (number & 4 ? size[2] : 0),
	];
	const vertices = Array.from({ length: 8 }, (_, number) => add(`VERTEX_POINT('',${point(corner(number))})`));
	const edges = new Map<string, string>();
	const edge = (from: number, to: number): string => {
		const [low, high] = [Math.min(from, to), Math.max(from, to)];
		const known = edges.get(`${low} ${high}`);
		const made = known ?? straight(low, high);
		edges.set(`${low} ${high}`, made);
		return add(`ORIENTED_EDGE('',*,*,${made},${from === low ? '.T.' : '.F.'})`);
	};
	const straight = (from: number, to: number): string => {
		const [a, b] = [corner(from), corner(to)];
		const way: Spot = [Math.sign(b[0] - a[0]), Math.sign(b[1] - a[1]), Math.sign(b[2] - a[2])];
		const line = add(`LINE('',${point(a)},${add(`VECTOR('',${direction(way)},1.)`)})`);
		return add(`EDGE_CURVE('',${vertices[from]!},${vertices[to]!},${line},.T.)`);
	};
	const faces = FACES.map(({ normal, along, corners }) => {
		const loop = corners.map((number, index) => edge(number, corners[(index + 1) % corners.length]!));
		const bound = add(`FACE_OUTER_BOUND('',${add(`EDGE_LOOP('',(${loop.join(',')}))`)},.T.)`);
		return add(`ADVANCED_FACE('',(${bound}),${add(`PLANE('',${axes(corner(corners[0]!), normal, along)})`)},.T.)`);
	});
	return add(`CLOSED_SHELL('',(${faces.join(',')}))`);
}

const DIRECTIONS = {
	x: { axis: [1, 0, 0], reference: [0, 1, 0] },
	y: { axis: [0, 1, 0], reference: [0, 0, 1] },
	z: { axis: [0, 0, 1], reference: [1, 0, 0] },
} as const satisfies Readonly<Record<string, { readonly axis: Spot; readonly reference: Spot }>>;

/** Two discs and a wall that is cut along one straight seam. */
function cylinderShell({ axis: name, at, diameter, length }: Extract<Solid, { shape: 'cylinder' }>, writer: Writer): string {
	const { add, point, direction, axes } = writer;
	const { axis, reference } = DIRECTIONS[name];
	const radius = diameter / 2;
	const end = moved(at, axis, length);
	const [low, high] = [moved(at, reference, radius), moved(end, reference, radius)];
	const [lowVertex, highVertex] = [add(`VERTEX_POINT('',${point(low)})`), add(`VERTEX_POINT('',${point(high)})`)];
	const rim = (centre: Spot, vertex: string): string =>
		add(`EDGE_CURVE('',${vertex},${vertex},${add(`CIRCLE('',${axes(centre, axis, reference)},${real(radius)})`)},.T.)`);
	const [lowRim, highRim] = [rim(at, lowVertex), rim(end, highVertex)];
	const seam = add(`EDGE_CURVE('',${lowVertex},${highVertex},${add(`LINE('',${point(low)},${add(`VECTOR('',${direction(axis)},1.)`)})`)},.T.)`);
	const oriented = (edge: string, isForward: boolean): string => add(`ORIENTED_EDGE('',*,*,${edge},${isForward ? '.T.' : '.F.'})`);
	const face = (surface: string, ...loop: readonly string[]): string =>
		add(`ADVANCED_FACE('',(${add(`FACE_OUTER_BOUND('',${add(`EDGE_LOOP('',(${loop.join(',')}))`)},.T.)`)}),${surface},.T.)`);
	const wall = add(`CYLINDRICAL_SURFACE('',${axes(at, axis, reference)},${real(radius)})`);
	const back: Spot = [0 - axis[0], 0 - axis[1], 0 - axis[2]];
	const faces = [
		face(wall, oriented(lowRim, true), oriented(seam, true), oriented(highRim, false), oriented(seam, false)),
		face(add(`PLANE('',${axes(at, back, reference)})`), oriented(lowRim, false)),
		face(add(`PLANE('',${axes(end, axis, reference)})`), oriented(highRim, true)),
	];
	return add(`CLOSED_SHELL('',(${faces.join(',')}))`);
}

function moved([x, y, z]: Spot, [dx, dy, dz]: Spot, by: number): Spot {
	return [x + dx * by, y + dy * by, z + dz * by];
}

/** A real number of Part 21 always has a point. */
function real(value: number): string {
	const rounded = String(Math.round(value * 1e6) / 1e6 + 0);
	return rounded.includes('.') ? rounded : `${rounded}.`;
}

/** A string of Part 21: quotes doubled, what is not ASCII as `\X2\…\X0\`. */
function text(value: string): string {
	const escaped = value
		.replaceAll("'", "''")
		.replaceAll('\\', '\\\\')
		.replaceAll(
			/[^\x20-\x7e]+/g,
			(run) => `\\X2\\${[...run].map((unit) => unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')).join('')}\\X0\\`,
		);
	return `'${escaped}'`;
}

import type { Chart } from './chart.ts';

const refuse = async (): Promise<never> => {
  throw new Error('Charts load nothing from outside');
};
const loader = { load: refuse, sanitize: refuse, http: refuse, file: refuse };

/** The chart as SVG: the same for the same spec. What draws is loaded with the first one. */
export async function toSvg({ spec }: Chart): Promise<string> {
  const [vega, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  const view = new vega.View(vega.parse(compile(spec).spec), { renderer: 'none', loader });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

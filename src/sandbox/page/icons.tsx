/** The page's few drawings; all of them only accompany words. */
const paths = {
  menu: 'M3 5h14M3 10h14M3 15h14',
  lock: 'M4.5 9h11v8h-11zM7 9V6.5a3 3 0 016 0V9',
  reply: 'M3 4h14v9H9l-4 3v-3H3z',
  send: 'M3 10l14-7-4 14-3-6z',
  rise: 'M4 14l4.5-5 3 3L16 5.5',
  forward: 'M4 5l5 5-5 5M11 5l5 5-5 5',
  clock: 'M10 3a7 7 0 100 14 7 7 0 000-14zM10 6v4l2.5 2',
};

export function Icon({ name, size = 18 }: { name: keyof typeof paths; size?: number }) {
  return (
    <svg viewBox="0 0 20 20" width={size} height={size} aria-hidden="true" focusable="false">
      <path
        d={paths[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

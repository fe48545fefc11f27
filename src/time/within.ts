/** What `work` gives, or undefined when it takes longer than `ms`: it goes on then. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<undefined>((settle) => {
    timer = setTimeout(settle, ms, undefined);
  });
  return Promise.race([work, timeout]).finally(() => clearTimeout(timer));
}

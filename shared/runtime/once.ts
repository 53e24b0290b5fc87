/** Builds a value on first use and keeps it. A build that throws is tried again by the next call. */
export function once<T>(build: () => T): () => T {
  let built: { readonly value: T } | undefined;
  return () => {
    built ??= { value: build() };
    return built.value;
  };
}

import { Skeleton, Stack } from '@mantine/core';

/** Stands where a list of cards will be. */
export function ListSkeleton({ rows = 4, height = 92, label }: { readonly rows?: number; readonly height?: number; readonly label: string }) {
  return (
    <Stack gap="sm" component="output" aria-label={label}>
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} height={height} radius="lg" />
      ))}
    </Stack>
  );
}

import { CloseButton, Kbd, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState, type Ref } from 'react';

interface SearchBoxProps {
  readonly ref?: Ref<HTMLInputElement>;
  readonly value: string;
  readonly onSearch: (words: string) => void;
  /** Leaves the box towards the results. */
  readonly onLeave: () => void;
}

const pauseMs = 300;

/** Searches while typing, at once on Enter; Esc empties, then leaves. */
export function SearchBox({ ref, value, onSearch, onLeave }: SearchBoxProps) {
  const [words, setWords] = useState(value);
  const searchSoon = useDebouncedCallback(onSearch, pauseMs);
  useEffect(() => setWords((current) => (current.trim() === value ? current : value)), [value]);
  const apply = (next: string) => {
    setWords(next);
    searchSoon.cancel();
    onSearch(next.trim());
  };
  return (
    <form
      role="search"
      style={{ flex: 1 }}
      onSubmit={(event) => {
        event.preventDefault();
        apply(words);
        onLeave();
      }}
    >
      <TextInput
        ref={ref}
        type="text"
        inputMode="search"
        enterKeyHint="search"
        size="md"
        aria-label="Search the articles"
        placeholder="Search titles and texts"
        leftSection={<IconSearch size={17} aria-hidden />}
        rightSection={words === '' ? <Kbd size="xs" visibleFrom="md" aria-hidden>/</Kbd> : <CloseButton size="sm" aria-label="Empty the search" onClick={() => apply('')} />}
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value);
          searchSoon(event.currentTarget.value.trim());
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          if (words === '') onLeave();
          else apply('');
        }}
      />
    </form>
  );
}

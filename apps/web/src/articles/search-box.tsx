import { CloseButton, Kbd, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState, type Ref } from 'react';

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
  const [sent, setSent] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    // The address changed by a link or the back button, not by this box: what is being typed is never overwritten by its own echo.
    if (value !== sent) {
      setSent(value);
      setWords(value);
    }
  }
  const search = (next: string) => {
    setSent(next.trim());
    onSearch(next.trim());
  };
  const searchSoon = useDebouncedCallback(search, pauseMs);
  const apply = (next: string) => {
    setWords(next);
    searchSoon.cancel();
    search(next);
  };
  return (
    <search style={{ flex: 1 }}>
      <form
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
            searchSoon(event.currentTarget.value);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.preventDefault();
            if (words === '') onLeave();
            else apply('');
          }}
        />
      </form>
    </search>
  );
}

import { Button, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDocumentTitle } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Navigate, useSearchParams } from 'react-router';
import { Problem } from '../api/problem.ts';
import { signIn } from '../api/session.ts';
import { Brand } from '../app/brand.tsx';
import { ProblemAlert } from '../app/problem-alert.tsx';
import { sessionKey } from '../app/query-client.ts';
import { returnAddress } from '../app/return-address.ts';
import { useSession } from '../app/session.ts';
import classes from './sign-in-page.module.css';

/** Stable, so that it runs when the field appears and never again. */
const focusOnce = (field: HTMLInputElement | null) => field?.focus();

export function SignInPage() {
  useDocumentTitle('Sign in · tradewatch');
  const [params] = useSearchParams();
  const client = useQueryClient();
  const session = useSession();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (value.trim() === '' ? 'Enter your email address' : null),
      password: (value) => (value === '' ? 'Enter your password' : null),
    },
  });
  const attempt = useMutation({
    mutationFn: ({ email, password }: { email: string; password: string }) => signIn(email.trim(), password),
    onSuccess: (_answer, { email }) => client.setQueryData(sessionKey, { email: email.trim() }),
  });
  if (session.data) return <Navigate to={returnAddress(params)} replace />;
  const isRefused = attempt.error instanceof Problem && attempt.error.status === 401;
  return (
    <main className={classes['page']}>
      <Paper className={classes['card']} withBorder radius="lg">
        <Brand />
        <Title order={1} mt="lg">
          Sign in
        </Title>
        <Text c="dimmed" mt={4} mb="lg">
          {params.has('return') ? 'Sign in to see the page you asked for.' : 'Trade-policy news, tagged and on the right desk in seconds.'}
        </Text>
        <form noValidate onSubmit={form.onSubmit((values) => attempt.mutate(values))}>
          <Stack gap="sm">
            {attempt.error && <ProblemAlert error={isRefused ? new Problem(401, 'Sign-in failed', 'The email address or the password is wrong.') : attempt.error} />}
            <TextInput label="Email" type="email" autoComplete="username" ref={focusOnce} size="md" key={form.key('email')} {...form.getInputProps('email')} />
            <PasswordInput label="Password" autoComplete="current-password" size="md" key={form.key('password')} {...form.getInputProps('password')} />
            <Button type="submit" size="md" mt="xs" fullWidth loading={attempt.isPending}>
              Sign in
            </Button>
          </Stack>
        </form>
        <Text size="xs" c="dimmed" mt="lg">
          First time here? The address and password were printed where tradewatch was started.
        </Text>
      </Paper>
    </main>
  );
}

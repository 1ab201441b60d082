/**
 * What Slack's answers mean to the person who set the channel up
 * (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks/#handling_errors).
 */
const explanations: Readonly<Record<string, string>> = {
  invalid_payload: 'Slack could not read the message.',
  invalid_blocks: 'Slack did not accept the layout of the message.',
  invalid_attachments: 'Slack did not accept the layout of the message.',
  too_many_attachments: 'Slack did not accept the layout of the message.',
  no_text: 'Slack did not find any text in the message.',
  no_service: 'The webhook is disabled, removed or invalid. Create a new one in Slack and put its URL into the channel.',
  no_service_id: 'The webhook address is incomplete. Copy it again from Slack.',
  no_active_hooks: 'The webhook is disabled. Enable it in Slack or create a new one.',
  no_team: 'The Slack workspace of the webhook does not exist any more.',
  team_disabled: 'The Slack workspace of the webhook is disabled.',
  invalid_token: 'The webhook address is wrong or has expired. Copy it again from Slack.',
  user_not_found: 'The webhook posts to a user who does not exist any more.',
  channel_not_found: 'The Slack channel of the webhook does not exist any more.',
  channel_is_archived: 'The Slack channel of the webhook is archived. Unarchive it or choose another one.',
  action_prohibited: 'An administrator of the Slack workspace does not allow this webhook to post.',
  posting_to_general_channel_denied: 'The Slack workspace does not let webhooks post to its #general channel.',
  rollup_error: 'Slack failed while posting the message.',
};

/** @param body the answer's text; Slack answers failures with one word. */
export function slackFailure(status: number, body: string): { errorCode: string; message: string } {
  const word = body.slice(0, 1_000).trim();
  const code = /^[a-z][a-z_]{2,60}$/.test(word) ? word : undefined;
  if (status === 429) return { errorCode: 'rate-limited', message: 'Slack asks to send more slowly.' };
  const explained = code && explanations[code];
  if (explained) return { errorCode: code, message: explained };
  const quoted = word.replace(/<[^>]*>/g, ' ').replace(/[\p{Cc}\s]+/gu, ' ').trim().slice(0, 200).toWellFormed();
  const said = quoted ? ` and said: ${quoted}` : '';
  return { errorCode: code ?? `http-${status}`, message: `${generalMeaning(status)} The receiver answered ${status}${said}` };
}

function generalMeaning(status: number): string {
  if (status === 404 || status === 410) return 'There is no webhook at this address.';
  if (status === 401 || status === 403) return 'The webhook may not be used.';
  if (status >= 500 || status === 408) return 'The receiver is having trouble; it will be tried again.';
  return 'The receiver did not accept the message.';
}

/** Mantine's looks on the router's links: real anchors, so that open-in-a-new-tab and copy-link work everywhere. */
import { ActionIcon, Anchor, Button, type ActionIconProps, type AnchorProps, type ButtonProps } from '@mantine/core';
import { Link, type LinkProps } from 'react-router';

type To = Pick<LinkProps, 'to' | 'state' | 'replace' | 'onClick' | 'aria-label' | 'title'>;

export const ButtonLink = (props: ButtonProps & To) => <Button component={Link} {...props} />;
export const AnchorLink = (props: AnchorProps & To & { children: React.ReactNode }) => <Anchor component={Link} {...props} />;
export const IconLink = (props: ActionIconProps & To) => <ActionIcon component={Link} {...props} />;

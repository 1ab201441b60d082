import { Injectable, Logger } from '@nestjs/common';
import { filterSchema } from './filter.ts';
import { RuleIndex, type SubscribedRule } from './rule-index.ts';
import { Rule } from './rule.ts';
import { RulesStore, type StoredRule } from './rules.store.ts';

/**
 * The compiled rules, as the database has them now. Asked once a batch; compiled again only when a subscription changed,
 * by whichever process, so a subscription made before an article appears never misses it.
 */
@Injectable()
export class CurrentRules {
  private readonly logger = new Logger('match');
  private version: string | undefined;
  private index = new RuleIndex([]);

  constructor(private readonly store: RulesStore) {}

  async get(): Promise<RuleIndex> {
    const version = await this.store.version();
    if (version !== this.version) {
      const known = new Map(this.index.rules.map((each) => [each.subscriptionId, each]));
      this.index = new RuleIndex((await this.store.enabled()).flatMap((stored) => this.compile(stored, known.get(stored.subscriptionId))));
      this.version = version;
    }
    return this.index;
  }

  private compile(stored: StoredRule, known: SubscribedRule | undefined): SubscribedRule[] {
    const parsed = filterSchema.safeParse(stored.filter);
    if (!parsed.success) {
      if (!known) this.logger.error({ subscriptionId: stored.subscriptionId, err: parsed.error }, 'a subscription whose filter cannot be read matches nothing');
      return [];
    }
    const rule = known && JSON.stringify(known.rule.filter) === JSON.stringify(parsed.data) ? known.rule : new Rule(parsed.data);
    return [{ subscriptionId: stored.subscriptionId, rule, channelIds: stored.channelIds, createdAt: stored.createdAt }];
  }
}

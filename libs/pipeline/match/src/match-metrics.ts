import { Counter } from 'prom-client';

export const alertsRaised = new Counter({ name: 'tradewatch_alerts_raised_total', help: 'Alerts raised, for new stories and for developments that moved', labelNames: ['cause'] });

export { MatchModule } from './match.module.ts';

import { Module } from '@nestjs/common';
import { ClassifyConsumer } from './classify.consumer.ts';

/** The classify step: article-published in, article-classified out. */
@Module({ controllers: [ClassifyConsumer] })
export class ClassifyModule {}

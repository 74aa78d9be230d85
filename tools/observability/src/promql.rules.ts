import { parser } from '@prometheus-io/lezer-promql';
import type { SyntaxNode } from '@lezer/common';

/** A metric that an expression asks for, by the name of its samples, with the labels that it chooses by. */
export interface MetricUse {
  readonly metric: string;
  readonly labels: readonly string[];
}

/** What an expression asks for, or why it cannot be read. */
export interface ReadExpression {
  readonly uses: readonly MetricUse[];
  readonly faults: readonly string[];
}

/** Reads an expression by the grammar of Prometheus itself. A selector has to name its metric before the braces. */
export function readPromql(expression: string): ReadExpression {
  const uses: MetricUse[] = [];
  const faults: string[] = [];
  parser.parse(expression).iterate({
    enter: ({ node }) => {
      if (node.type.isError) faults.push(`not understood from character ${node.from}: ${expression}`);
      if (node.name !== 'VectorSelector') return;
      const metric = node.getChild('Identifier');
      if (metric) uses.push({ metric: textOf(expression, metric), labels: labelsOf(expression, node) });
      else faults.push(`a selector without a metric's name: ${expression}`);
    },
  });
  return { uses, faults };
}

function labelsOf(expression: string, selector: SyntaxNode): string[] {
  const matchers = selector.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? [];
  return matchers.flatMap((matcher) => matcher.getChildren('LabelName')).map((n) => textOf(expression, n));
}

function textOf(expression: string, { from, to }: SyntaxNode): string {
  return expression.slice(from, to);
}

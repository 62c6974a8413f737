// Regression by least absolute deviations: the median of the answer, not its mean, so that a single bus full of guests
// does not move the forecast of a month.

/** Rows of one regression problem. `columns` numbers a row, row after row. */
export interface Regression {
  readonly columns: number;
  readonly features: ArrayLike<number>;
  readonly targets: ArrayLike<number>;
  /** How much each row counts, > 0. */
  readonly weights: ArrayLike<number>;
}

/**
 * Solves `matrix` x = `right` for a symmetric positive definite matrix by Cholesky's decomposition, in place of both.
 * A pivot that is not positive is taken as 1e-9: that direction then keeps its prior.
 */
export const solveSymmetric = (matrix: Float64Array, right: Float64Array): Float64Array => {
  const size = right.length;
  const at = (row: number, column: number): number => matrix[row * size + column] as number;
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let sum = at(row, column);
      for (let k = 0; k < column; k += 1) sum -= at(row, k) * at(column, k);
      matrix[row * size + column] = row === column ? Math.sqrt(Math.max(sum, 1e-9)) : sum / at(column, column);
    }
  }
  for (let row = 0; row < size; row += 1) {
    let sum = right[row] as number;
    for (let k = 0; k < row; k += 1) sum -= at(row, k) * (right[k] as number);
    right[row] = sum / at(row, row);
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    let sum = right[row] as number;
    for (let k = row + 1; k < size; k += 1) sum -= at(k, row) * (right[k] as number);
    right[row] = sum / at(row, row);
  }
  return right;
};

/** Mean square of each column about its mean: the size of a step of one standard deviation. */
const variances = ({ columns, features, targets }: Regression): Float64Array => {
  const rows = targets.length;
  const result = new Float64Array(columns);
  for (let column = 0; column < columns; column += 1) {
    let sum = 0;
    let squares = 0;
    for (let row = 0; row < rows; row += 1) {
      const value = features[row * columns + column] as number;
      sum += value;
      squares += value * value;
    }
    const mean = sum / Math.max(rows, 1);
    const variance = squares / Math.max(rows, 1) - mean * mean;
    result[column] = variance > 1e-9 ? variance : 1;
  }
  return result;
};

/**
 * Coefficients that minimise the weighted sum of absolute deviations, drawn towards `prior` as if `pull` rows more had
 * been seen that agree with it. Iteratively reweighted least squares (Schlossmacher 1973) with deviations below `floor`
 * treated as `floor`, which bounds the weights. `start` is where the search begins; a near start needs few `rounds`.
 */
export const fitLeastDeviations = (
  problem: Regression,
  options: {
    readonly prior: ArrayLike<number>;
    readonly pull: number;
    readonly floor: number;
    readonly start?: ArrayLike<number>;
    readonly rounds?: number;
  },
): Float64Array => {
  const { columns, features, targets, weights } = problem;
  const { prior, pull, floor, rounds = 12 } = options;
  const spread = variances(problem);
  let beta: Float64Array = Float64Array.from(options.start ?? prior);
  const matrix = new Float64Array(columns * columns);
  for (let round = 0; round < rounds; round += 1) {
    matrix.fill(0);
    const right = new Float64Array(columns);
    let total = 0;
    for (let row = 0; row < targets.length; row += 1) {
      const base = row * columns;
      let fitted = 0;
      for (let column = 0; column < columns; column += 1) {
        fitted += (beta[column] as number) * (features[base + column] as number);
      }
      const target = targets[row] as number;
      // Compared by hand: this is the innermost loop of a forecast, and looking up Math costs where globals are proxied.
      const miss = target > fitted ? target - fitted : fitted - target;
      const weight = (weights[row] as number) / (miss > floor ? miss : floor);
      total += weight;
      for (let i = 0; i < columns; i += 1) {
        const scaled = weight * (features[base + i] as number);
        // Most columns of a calendar are 0 on most days, and nothing is added for them.
        if (scaled === 0) continue;
        right[i] = (right[i] as number) + scaled * target;
        const line = i * columns;
        for (let j = 0; j <= i; j += 1) {
          matrix[line + j] = (matrix[line + j] as number) + scaled * (features[base + j] as number);
        }
      }
    }
    const each = (pull * total) / Math.max(targets.length, 1);
    for (let i = 0; i < columns; i += 1) {
      const ridge = each * (spread[i] as number) + 1e-9;
      matrix[i * columns + i] = (matrix[i * columns + i] as number) + ridge;
      right[i] = (right[i] as number) + ridge * (prior[i] as number);
    }
    beta = solveSymmetric(matrix, right);
  }
  return beta;
};

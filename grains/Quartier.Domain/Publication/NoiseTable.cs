using System.Collections.Immutable;

namespace Quartier.Domain.Publication;

/// <summary>
/// The distribution of the noise: integers from −D to D with mean 0 and a given variance, and among those the one of greatest entropy,
/// p(i) ∝ exp(−λ i²) (Marley and Leaver, A method for confidentialising user-defined tables, 2011). Its parameters are published.
/// </summary>
public sealed class NoiseTable
{
    private const int Bisections = 200;

    private readonly double[] _upTo;

    private NoiseTable(int max, double[] probabilities)
    {
        Max = max;
        Probabilities = [.. probabilities];
        _upTo = new double[probabilities.Length];
        var sum = 0.0;
        for (var i = 0; i < probabilities.Length; i++)
        {
            _upTo[i] = sum += probabilities[i];
        }
    }

    /// <summary>Greatest absolute noise.</summary>
    public int Max { get; }

    /// <summary>Probability of −D, …, D.</summary>
    public ImmutableArray<double> Probabilities { get; }

    /// <summary>Makes the table.</summary>
    /// <param name="variance">Greater than 0 and less than that of the uniform distribution, D(D+1)/3; a greater one is cut to just below it.</param>
    /// <param name="max">D, at least 1.</param>
    public static NoiseTable Of(double variance, int max)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(variance);
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        var (low, high) = (0.0, 1.0);
        while (Variance(Shape(high, max)) > variance)
        {
            high *= 2;
        }

        for (var i = 0; i < Bisections; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Variance(Shape(middle, max)) > variance ? (middle, high) : (low, middle);
        }

        return new(max, Shape(high, max));
    }

    /// <summary>The noise that belongs to a cell's key.</summary>
    /// <param name="key">In [0, 1).</param>
    public int Draw(double key)
    {
        var at = Array.FindIndex(_upTo, sum => key < sum);
        return (at < 0 ? _upTo.Length - 1 : at) - Max;
    }

    private static double[] Shape(double lambda, int max)
    {
        var weights = Enumerable.Range(-max, (2 * max) + 1).Select(i => Math.Exp(-lambda * i * i)).ToArray();
        var sum = weights.Sum();
        return Array.ConvertAll(weights, w => w / sum);
    }

    private static double Variance(double[] shape)
    {
        var max = (shape.Length - 1) / 2;
        return shape.Select((p, i) => p * (i - max) * (i - max)).Sum();
    }
}

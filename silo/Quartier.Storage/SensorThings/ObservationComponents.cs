using System.Collections.Immutable;
using Quartier.Contracts.Readings;

namespace Quartier.Storage.SensorThings;

/// <summary>The further components of a MultiDatastream's Observations, by time.</summary>
internal sealed class ObservationComponents(List<Dictionary<long, double>> components)
{
    private const int LargestPiece = 100_000;

    /// <summary>Reads the components after the first between two times, both included.</summary>
    public static async ValueTask<ObservationComponents> ReadAsync(
        IReadingStore readings, ImmutableArray<int> numbers, long firstMs, long lastMs, CancellationToken cancellationToken)
    {
        var components = new List<Dictionary<long, double>>();
        foreach (var number in numbers.Skip(1))
        {
            var values = new Dictionary<long, double>();
            var fromMs = firstMs;
            while (fromMs <= lastMs)
            {
                var found = await readings.RangeAsync(number, fromMs, lastMs + 1, LargestPiece, cancellationToken).ConfigureAwait(false);
                foreach (var reading in found)
                {
                    values[reading.TimeMs] = reading.Value;
                }

                fromMs = found.Count < LargestPiece ? lastMs + 1 : found[^1].TimeMs + 1;
            }

            components.Add(values);
        }

        return new ObservationComponents(components);
    }

    /// <summary>Their values at the time.</summary>
    public ImmutableArray<double?> At(long timeMs) =>
        components.Count == 0 ? [] : [.. components.Select(c => c.TryGetValue(timeMs, out var value) ? value : (double?)null)];
}

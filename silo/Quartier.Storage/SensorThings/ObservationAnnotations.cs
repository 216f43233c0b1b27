using Quartier.Contracts.Readings;
using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>What Observations of a piece hold beside numbers, by time.</summary>
internal sealed class ObservationAnnotations(Dictionary<long, StoredAnnotation> annotations)
{
    /// <summary>Reads those between two times, both included.</summary>
    public static async ValueTask<ObservationAnnotations> ReadAsync(
        IReadingStore readings, int number, (long FirstMs, long LastMs) span, CancellationToken cancellationToken)
    {
        var found = await readings.AnnotationsAsync(number, span.FirstMs, span.LastMs + 1, cancellationToken).ConfigureAwait(false);
        return new(found.ToDictionary(a => a.TimeMs));
    }

    /// <summary>The row with what belongs to its value; without what is said of its quality where that is hidden.</summary>
    public ObservationRow Join(ObservationRow row, bool isWithoutQuality)
    {
        if (!annotations.TryGetValue(row.StartMs, out var annotation) || annotation.Value != row.Value)
        {
            return row;
        }

        var endMs = annotation.Content.PhenomenonEndMs ?? row.EndMs;
        return isWithoutQuality
            ? row with { EndMs = endMs, Annotation = annotation.Content with { ResultQuality = null } }
            : row with
            {
                EndMs = endMs,
                Annotation = annotation.Content,
                Quality = annotation.IsContradicted ? row.Quality | Quality.Contradicted : row.Quality,
            };
    }
}

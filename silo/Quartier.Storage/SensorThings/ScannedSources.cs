using System.Collections.Immutable;
using System.Globalization;
using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>The sources of a scan in the order of their numbers, with what may be seen of each, and values of parts of filters.</summary>
internal sealed class ScannedSources(ImmutableArray<ObservationSight> sights, ImmutableArray<(SourceSpan Span, int Sight)> spans, SourceValues values)
{
    /// <summary>What may be seen.</summary>
    public ImmutableArray<ObservationSight> Sights => sights;

    /// <summary>Spans with the place of their sight.</summary>
    public ImmutableArray<(SourceSpan Span, int Sight)> Spans => spans;

    /// <summary>The reading store's number of the row's source.</summary>
    public int NumberOf(ObservationRow row) => sights[row.Source].Source.Numbers[0];

    /// <summary>The value of a part of a filter for the row; null when it is to be computed.</summary>
    public EntityValue? ValueOf(Expression part, ObservationRow row, ObservationBudget budget)
    {
        var source = sights[row.Source].Source;
        if (values.Find(part, source, row.StartMs) is { } known)
        {
            return known;
        }

        if (values.Holds(part, source, row, budget) is { } holds)
        {
            return EntityValue.Of(holds);
        }

        return part is Expression.Property { Steps.IsEmpty: true } property ? Own(property, row) : null;
    }

    /// <summary>The value of the Observation's own property.</summary>
    public static EntityValue Own(Expression.Property property, ObservationRow row) => property.Of.Name switch
    {
        "id" => EntityValue.Of(row.Id),
        "phenomenonTime" => row.EndMs > row.StartMs ? EntityValue.Interval(row.StartMs, row.EndMs) : EntityValue.Instant(row.StartMs),
        "resultTime" => EntityValue.Instant(row.Annotation?.ResultTimeMs ?? row.EndMs),
        "result" => row.Annotation?.Result is { } result ? JsonValues.At(result, property.Inside) : Result(property.Inside, row),
        "validTime" => row.Annotation is { ValidFromMs: { } from, ValidToMs: { } to } ? ValidTime(from, to) : EntityValue.Null,
        "parameters" when row.Annotation?.Parameters is { } parameters => JsonValues.At(parameters, property.Inside),
        "resultQuality" when row.Annotation?.ResultQuality is { } quality => JsonValues.At(quality, property.Inside),
        _ => EntityValue.Null,
    };

    private static EntityValue ValidTime(long fromMs, long toMs) => toMs > fromMs ? EntityValue.Interval(fromMs, toMs) : EntityValue.Instant(fromMs);

    private static EntityValue Result(ImmutableArray<string> inside, ObservationRow row)
    {
        if (row.Others.IsEmpty)
        {
            return inside.IsEmpty ? EntityValue.Of(row.Value) : EntityValue.Null;
        }

        if (inside.IsEmpty)
        {
            // Several results are no number, but not nothing either.
            return EntityValue.Json($"[{string.Join(',', row.Others.Prepend(row.Value).Select(v => v?.ToString("R", CultureInfo.InvariantCulture) ?? "null"))}]");
        }

        if (inside.Length != 1 || !int.TryParse(inside[0], NumberStyles.None, CultureInfo.InvariantCulture, out var place) || place > row.Others.Length)
        {
            return EntityValue.Null;
        }

        return (place == 0 ? row.Value : row.Others[place - 1]) is { } value ? EntityValue.Of(value) : EntityValue.Null;
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using Quartier.Contracts.SensorThings;

namespace Quartier.Domain.SensorThings.Writing;

/// <summary>What the members of one body must be to each other.</summary>
internal static class BodyChecks
{
    private static readonly string[] s_geoJson = ["application/geo+json", "application/vnd.geo+json"];

    /// <summary>What is wrong; null when nothing is.</summary>
    public static string? Problem(
        EntityKind kind, IReadOnlyList<PropertySetting> values, IReadOnlyList<BodyLink> links, bool isNew) => kind switch
        {
            EntityKind.Location or EntityKind.FeatureOfInterest => Encoding(values),
            EntityKind.Datastream => ObservationType(values, ObservationTypes.Simple),
            EntityKind.MultiDatastream => ObservationType(values, [ObservationTypes.Complex]) ?? (isNew ? Components(values, links) : null),
            _ => null,
        };

    private static string? Encoding(IReadOnlyList<PropertySetting> values) =>
        Of(values, "encodingType") is { Text: { } encoding } && !s_geoJson.Contains(encoding, StringComparer.Ordinal)
            ? $"the encodingType '{encoding}' is not taken: positions are kept as GeoJSON. Send it as {s_geoJson[0]}"
            : null;

    private static string? ObservationType(IReadOnlyList<PropertySetting> values, ImmutableArray<string> known) =>
        Of(values, "observationType") is { Text: { } type } && !known.Contains(type, StringComparer.Ordinal)
            ? $"the observationType is none of {string.Join(", ", known)} (OGC 18-088, table 12)"
            : null;

    private static string? Components(IReadOnlyList<PropertySetting> values, IReadOnlyList<BodyLink> links)
    {
        var properties = links.Count(l => l.Relation.Name is "ObservedProperties");
        var (types, units) = (Count(values, "multiObservationDataTypes"), Count(values, "unitOfMeasurements"));
        return types == properties && units == properties
            ? null
            : $"a MultiDatastream has one data type, one unit and one ObservedProperty for each component; there are {types}, {units} and {properties}";
    }

    private static EntityValue? Of(IReadOnlyList<PropertySetting> values, string name)
    {
        foreach (var setting in values)
        {
            if (setting.Property.Name == name)
            {
                return setting.Value;
            }
        }

        return null;
    }

    private static int Count(IReadOnlyList<PropertySetting> values, string name)
    {
        if (Of(values, name) is not { Text: { } json })
        {
            return 0;
        }

        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetArrayLength();
    }
}

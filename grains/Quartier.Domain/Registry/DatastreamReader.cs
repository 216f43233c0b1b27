using System.Collections.Immutable;
using Quartier.Contracts.Registry;
using Quartier.Domain.Payloads;

namespace Quartier.Domain.Registry;

/// <summary>Reads a datastream.</summary>
internal static class DatastreamReader
{
    /// <summary>A hundred years.</summary>
    public const int MaxRetentionDays = 36_525;

    public static readonly string[] Keys =
    [
        "property", "name", "unit", "class", "interval", "min", "max", "maxStep", "stuckAfter", "lateness", "retentionDays", "question",
        "sumInDistrict", "codes",
    ];

    private const long MsPerDay = 86_400_000;
    private const int MaxCodes = 256;

    /// <summary>Reads it; a retention of 0 means the district's.</summary>
    public static DatastreamDefinition Read(YamlNode node, ProblemList problems)
    {
        var stream = new Section(node, "a datastream", Keys, problems);
        var property = stream.Text("property");
        if (property.Length > 0 && !Names.IsProperty(property))
        {
            stream.Problem("property", $"'{property}' is no property: letters, digits, '-' and '_', at most 64 characters, not 't'");
        }

        if (IdentifyingNames.Find(property) is { } what)
        {
            stream.Problem("property", IdentifyingNames.Refusal(property, what));
        }

        var (min, max) = (stream.Number("min"), stream.Number("max"));
        if (min > max)
        {
            stream.Problem("min", "'min' is greater than 'max'");
        }

        var maxStep = stream.Number("maxStep");
        if (maxStep <= 0)
        {
            stream.Problem("maxStep", "'maxStep' must be greater than 0");
        }

        return new DatastreamDefinition(
            property,
            stream.Text("name"),
            ReadUnit(stream),
            stream.Choice<DataClass>(
                "class", DataClass.Internal, ("public", DataClass.Public), ("internal", DataClass.Internal), ("sensitive", DataClass.Sensitive)),
            stream.Duration("interval", 366 * MsPerDay),
            min,
            max,
            maxStep,
            stream.Duration("stuckAfter", 366 * MsPerDay),
            stream.Duration("lateness", MsPerDay),
            stream.Integer("retentionDays", 1, MaxRetentionDays) ?? 0,
            stream.Text("question"),
            ReadCodes(stream, problems),
            stream.Flag("sumInDistrict"));
    }

    public static string ReadUnit(Section section)
    {
        var unit = section.Text("unit");
        if (unit.Length > 0 && !Names.IsUnit(unit))
        {
            section.Problem(
                "unit", $"'{unit}' is no UCUM code (printable ASCII without spaces): Cel for °C, % for percent, 1 for a ratio, {{bicycle}} for a count");
        }

        return unit;
    }

    private static ImmutableArray<CodeLabel> ReadCodes(Section stream, ProblemList problems)
    {
        var codes = ImmutableArray.CreateBuilder<CodeLabel>();
        foreach (var item in stream.Items("codes"))
        {
            var section = new Section(item, "a code", ["label", "code", "text"], problems);
            var code = new CodeLabel(section.Text("label"), section.RequiredInteger("code", int.MinValue, int.MaxValue), section.Bilingual("text"));
            if (codes.Any(c => c.Code == code.Code || string.Equals(c.Label, code.Label, StringComparison.Ordinal)))
            {
                problems.Add(item, $"the label '{code.Label}' or the code {code.Code} stands twice");
            }

            codes.Add(code);
        }

        if (codes.Count > MaxCodes)
        {
            stream.Problem("codes", $"{codes.Count} codes; at most {MaxCodes} are accepted");
        }

        return codes.ToImmutable();
    }
}

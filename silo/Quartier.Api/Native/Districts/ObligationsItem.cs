using Quartier.Api.Json;
using Quartier.Contracts.Districts;

namespace Quartier.Api.Native.Districts;

/// <summary>What whoever gets an answer must keep to, and what was left out of it.</summary>
/// <param name="Floor">The finest resolution that is granted.</param>
/// <param name="RowLimit">Most rows in one answer.</param>
/// <param name="Redactions">What was left out: <c>location</c>, <c>quality</c>.</param>
/// <param name="Until">When the permission ends; null for never.</param>
/// <param name="Onward">Whether and how the data may be passed on.</param>
internal sealed record ObligationsItem(string Floor, int RowLimit, string[] Redactions, UtcTime? Until, string Onward)
{
    /// <summary>The greatest time that an answer can hold: 9999-12-31T23:59:59.999Z.</summary>
    private const long LatestMs = 253_402_300_799_999;

    /// <summary>Null when there is nothing that the reader would have to know.</summary>
    public static ObligationsItem? OrNull(ReadObligations obligations) =>
        obligations is { Onward.Length: 0, Redactions: Contracts.Districts.Redactions.None } ? null : Of(obligations);

    public static ObligationsItem Of(ReadObligations obligations) => new(
        Words<Resolution>.Of(obligations.Floor),
        obligations.RowLimit,
        [.. Named(obligations.Redactions)],
        obligations.UntilMs is >= 0 and <= LatestMs ? new UtcTime(obligations.UntilMs) : null,
        obligations.Onward);

    private static IEnumerable<string> Named(Redactions redactions)
    {
        if (redactions.HasFlag(Contracts.Districts.Redactions.Location))
        {
            yield return "location";
        }

        if (redactions.HasFlag(Contracts.Districts.Redactions.Quality))
        {
            yield return "quality";
        }
    }
}

using System.Collections.Immutable;

namespace Quartier.Contracts.Retention;

/// <summary>A place that may hold readings, and what was found there.</summary>
/// <param name="Place">Its name, such as <c>partitions</c> or <c>journal</c>.</param>
/// <param name="Examined">Files, rows or grains looked at.</param>
/// <param name="Findings">A sentence with the remedy for each thing that should be gone; at most 100. Empty when all is well.</param>
public sealed record PlaceExamined(string Place, long Examined, ImmutableArray<string> Findings)
{
    /// <summary>Findings that are listed: beyond them only the first matter.</summary>
    public const int MostFindings = 100;
}

using System.Globalization;
using Quartier.Contracts.Policies;

namespace Quartier.Domain.Registers;

/// <summary>When purposes are to be reviewed.</summary>
internal static class ReviewDays
{
    /// <summary>Whether the day, which still counts itself, is over in UTC; a day that cannot be read counts as passed, so that somebody looks.</summary>
    public static bool HasPassed(PurposeDefinition purpose, long nowMs) =>
        !DateOnly.TryParseExact(purpose.ReviewDay, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        || day < DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(nowMs).UtcDateTime);
}

namespace Quartier.Storage.Retention;

/// <summary>Every retention that a datastream's roll-ups ever had, in days, the present one last; 0 when none are kept now.</summary>
/// <param name="Hours">Of hourly ones.</param>
/// <param name="Days">Of daily ones.</param>
internal sealed record RollUpRetentions(int[] Hours, int[] Days)
{
    /// <summary>Never kept any.</summary>
    public static RollUpRetentions None { get; } = new([], []);

    /// <summary>Never kept any.</summary>
    public bool IsEmpty => Hours.Length == 0 && Days.Length == 0;

    /// <summary>The same with present retentions.</summary>
    public RollUpRetentions With(int hours, int days) => new(With(Hours, hours), With(Days, days));

    private static int[] With(int[] retentions, int present) =>
        (retentions.Length == 0 && present == 0) || (retentions.Length > 0 && retentions[^1] == present)
            ? retentions
            : [.. retentions.Where(r => r != present), present];
}

using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Judgement;

/// <summary>The judgement of a sample that needs nothing but its definition and the time of arrival.</summary>
public static class IntrinsicQuality
{
    /// <summary>
    /// A sample further ahead of the silo's clock than this is flagged <see cref="Quality.ClockSkew"/>: 2 minutes, beyond any decent clock's error.
    /// </summary>
    public const long ClockToleranceMs = 120_000;

    /// <summary>A sample further ahead than this is refused: one day.</summary>
    public const long GreatestLeadMs = MsPerDay;

    /// <summary>2000-01-01T00:00:00Z: nothing older is accepted.</summary>
    public const long EarliestMs = 946_684_800_000;

    /// <summary>2200-01-01T00:00:00Z: nothing from here on is accepted.</summary>
    public const long LatestMs = 7_258_118_400_000;

    private const long MsPerDay = 86_400_000;

    /// <summary>
    /// Turns a sample into a reading with its intrinsic flags, or says why it is refused: <see cref="RefusalReason.BadValue"/> (not finite),
    /// <see cref="RefusalReason.BadTime"/> (outside 2000 … 2200), <see cref="RefusalReason.FutureTime"/> or <see cref="RefusalReason.Expired"/>.
    /// <see cref="Quality.Late"/> is added by whoever keeps the order (<see cref="Rules.EventOrder"/>).
    /// </summary>
    /// <param name="definition">The sample's datastream.</param>
    /// <param name="sample">The decoded sample.</param>
    /// <param name="receivedMs">The silo's clock on arrival, in milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="reading">The reading when accepted.</param>
    /// <param name="refusal">The reason when not.</param>
    public static bool TryJudge(
        DatastreamDefinition definition, in Sample sample, long receivedMs, out Reading reading, out RefusalReason refusal)
    {
        reading = default;
        if (!double.IsFinite(sample.Value))
        {
            refusal = RefusalReason.BadValue;
            return false;
        }

        if (!IsPlausibleTime(sample.TimeMs))
        {
            refusal = RefusalReason.BadTime;
            return false;
        }

        if (sample.TimeMs - receivedMs > GreatestLeadMs)
        {
            refusal = RefusalReason.FutureTime;
            return false;
        }

        if (ExpiryMs(sample.TimeMs, definition.RetentionDays) <= receivedMs)
        {
            refusal = RefusalReason.Expired;
            return false;
        }

        // Adding 0 turns -0 into 0, so that equal values are equal to the bit wherever they are stored.
        reading = new Reading(sample.TimeMs, sample.Value + 0.0, FlagsOf(definition, sample, receivedMs));
        refusal = default;
        return true;
    }

    /// <summary>Whether a time lies within 2000-01-01 … 2200-01-01.</summary>
    /// <param name="timeMs">Milliseconds since 1970-01-01T00:00:00Z.</param>
    public static bool IsPlausibleTime(long timeMs) => timeMs is >= EarliestMs and < LatestMs;

    /// <summary>When a reading expires: at the end of the UTC day of its time plus the retention.</summary>
    /// <param name="timeMs">Milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="retentionDays">1 … 36,525.</param>
    public static long ExpiryMs(long timeMs, int retentionDays) =>
        (Math.DivRem(timeMs, MsPerDay).Quotient + retentionDays + 1) * MsPerDay;

    /// <summary>What is held against the value itself, however and whenever it came.</summary>
    /// <param name="definition">Its datastream.</param>
    /// <param name="value">The value.</param>
    public static Quality OfValue(DatastreamDefinition definition, double value) =>
        value < definition.Min || value > definition.Max ? Quality.OutOfRange : Quality.Good;

    private static Quality FlagsOf(DatastreamDefinition definition, in Sample sample, long receivedMs)
    {
        var quality = OfValue(definition, sample.Value);
        if (sample.TimeMs - receivedMs > ClockToleranceMs)
        {
            quality |= Quality.ClockSkew;
        }

        return quality;
    }
}

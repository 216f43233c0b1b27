using Quartier.Contracts.Policies;

namespace Quartier.Api.Native.Policies;

/// <summary>How many days each resolution is kept.</summary>
internal sealed record PolicyDaysItem(int Raw, int Hour, int Day)
{
    public static PolicyDaysItem Of(RetentionDefinition retention) => new(retention.RawDays, retention.HourDays, retention.DayDays);
}

using System.Collections.Immutable;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Sensors;

namespace Quartier.Contracts.Districts;

/// <summary>A district: its live aggregates, alerts, coverage and books, and the decision who may read. Key: <see cref="GrainKeys.District"/>.</summary>
[Alias("quartier.IDistrictGrain")]
public interface IDistrictGrain : IGrainWithStringKey
{
    /// <summary>A minute of a sensor has closed. May be lost: the next report supersedes it.</summary>
    [Alias("Report"), OneWay]
    Task Report(SensorReport report);

    /// <summary>
    /// Records, in this order, that conditions of rules began or ceased to hold. Idempotent by id: a repeated effect changes nothing, an
    /// acknowledgement is kept. Durable on return; those of several callers are written together.
    /// </summary>
    [Alias("RecordAlerts"), AlwaysInterleave]
    Task RecordAlerts(ImmutableArray<Alert> reported);

    /// <summary>Someone takes the alert. Returns the alert as it stands afterwards, or null when there is none with the id.</summary>
    [Alias("Acknowledge"), AlwaysInterleave]
    Task<Alert?> Acknowledge(string id, string by);

    /// <summary>The district's alerts.</summary>
    [Alias("ListAlerts"), AlwaysInterleave]
    Task<ImmutableArray<Alert>> ListAlerts(AlertQuery query);

    /// <summary>What the district's alerts rest on, with their number in each state. From memory.</summary>
    [Alias("GetAlertGrounds"), AlwaysInterleave]
    Task<ImmutableArray<AlertGround>> GetAlertGrounds();

    /// <summary>Coverage, alert counts and live aggregates.</summary>
    [Alias("GetState"), AlwaysInterleave]
    Task<DistrictState> GetState();

    /// <summary>What counts as now in the district, in milliseconds since 1970-01-01T00:00:00Z; 0 where a replay has not begun.</summary>
    [Alias("GetNow"), AlwaysInterleave]
    Task<long> GetNow();

    /// <summary>
    /// Times for readings that brought none, which nothing else has: in a replay those behind what was heard last, a millisecond apart, otherwise those from the present on.
    /// </summary>
    /// <param name="count">How many; at least 1.</param>
    /// <returns>The first of them, in milliseconds since 1970-01-01T00:00:00Z; 0 where a replay has not begun.</returns>
    [Alias("TakeNow"), AlwaysInterleave]
    Task<long> TakeNow(int count);

    /// <summary>The books of every sensor of the district, by sensor key.</summary>
    [Alias("GetBooks"), AlwaysInterleave]
    Task<ImmutableSortedDictionary<string, SensorBooks>> GetBooks();

    /// <summary>Whether the principal may read, by the policy in force; denied unless something grants it.</summary>
    [Alias("Authorize"), AlwaysInterleave]
    Task<ReadDecision> Authorize(ReadRequest request);

    /// <summary>The same for many datastreams at once: one call for a list.</summary>
    /// <param name="request">Who, for which purpose, how fine; its own sensor and property are not looked at.</param>
    /// <param name="streams">Datastreams as <c>gateway/sensor/property</c>; at most <see cref="ReadLimits.MaxStreams"/>.</param>
    /// <returns>One decision for each, in the same order.</returns>
    /// <exception cref="ArgumentException">More than <see cref="ReadLimits.MaxStreams"/> were asked for.</exception>
    [Alias("AuthorizeMany"), AlwaysInterleave]
    Task<ImmutableArray<ReadDecision>> AuthorizeMany(ReadRequest request, ImmutableArray<string> streams);

    /// <summary>The same for every datastream of a property in the district, once for all that the policy treats alike.</summary>
    /// <param name="request">Who, for which property and purpose, how fine; its own sensor is not looked at.</param>
    /// <returns>At least one decision, by the first datastream of each in ordinal order; a denial when nothing of the property is registered.</returns>
    [Alias("AuthorizeProperty"), AlwaysInterleave]
    Task<ImmutableArray<AlikeDecision>> AuthorizeProperty(ReadRequest request);

    /// <summary>The decision with every step that led to it.</summary>
    [Alias("Why"), AlwaysInterleave]
    Task<ReadExplanation> Why(ReadRequest request);

    /// <summary>Takes up the registered definition again; called after the registry changed.</summary>
    [Alias("Refresh"), ResponseTimeout(ResponseTimes.Waking)]
    Task Refresh();
}

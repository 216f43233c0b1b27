using System.Collections.Immutable;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Registers;

/// <summary>The record of processing activities (Art. 30 (1) DSGVO), as far as the configuration says it.</summary>
/// <param name="City">Id of the city.</param>
/// <param name="Controller">Name of the municipality.</param>
/// <param name="Offices">Its offices with their contacts.</param>
/// <param name="Policies">What is in force where.</param>
/// <param name="Activities">One for each purpose.</param>
/// <param name="Quarantined">Datastreams that no policy covers: kept for a day and read by nobody.</param>
/// <param name="Measures">Technical and organisational measures that are configured.</param>
/// <param name="OpenPoints">What the configuration does not know and people must add.</param>
public sealed record ProcessingRecord(
    string City,
    string Controller,
    ImmutableArray<OfficeDefinition> Offices,
    ImmutableArray<PolicyInForce> Policies,
    ImmutableArray<ProcessingActivity> Activities,
    ImmutableArray<string> Quarantined,
    ImmutableArray<RecordStatement> Measures,
    ImmutableArray<RecordStatement> OpenPoints);

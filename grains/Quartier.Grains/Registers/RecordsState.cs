using Quartier.Contracts.Registers;

namespace Quartier.Grains.Registers;

/// <summary>What a city's records grain keeps: of each kind what was approved last. Those before are named in the ledger.</summary>
[GenerateSerializer, Alias("quartier.RecordsState")]
public sealed class RecordsState
{
    /// <summary>The record of processing activities; null when none was approved.</summary>
    [Id(0)]
    public ApprovedRecord? Processing { get; set; }

    /// <summary>The impact assessment; null when none was approved.</summary>
    [Id(1)]
    public ApprovedRecord? ImpactAssessment { get; set; }
}

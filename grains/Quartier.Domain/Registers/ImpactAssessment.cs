using System.Collections.Immutable;

namespace Quartier.Domain.Registers;

/// <summary>A draft of an impact assessment (Art. 35 (7) DSGVO), as far as the configuration says it.</summary>
/// <param name="City">Id of the city.</param>
/// <param name="Controller">Name of the municipality.</param>
/// <param name="Notice">That it is a draft, and what it does not do.</param>
/// <param name="Policies">What is in force where.</param>
/// <param name="DataFlow">What happens to a reading, step by step.</param>
/// <param name="Description">The processing activities: the systematic description.</param>
/// <param name="Necessity">Necessity and proportionality of each kind of data.</param>
/// <param name="Risks">What fixed rules found.</param>
/// <param name="Measures">What is configured against risks in general.</param>
/// <param name="OpenPoints">What people must answer.</param>
public sealed record ImpactAssessment(
    string City,
    string Controller,
    string Notice,
    ImmutableArray<PolicyInForce> Policies,
    ImmutableArray<RecordStatement> DataFlow,
    ImmutableArray<ProcessingActivity> Description,
    ImmutableArray<RecordStatement> Necessity,
    ImmutableArray<AssessedRisk> Risks,
    ImmutableArray<RecordStatement> Measures,
    ImmutableArray<RecordStatement> OpenPoints);

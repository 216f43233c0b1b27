namespace Quartier.Contracts.Policies;

/// <summary>Why data are used (G3, G7).</summary>
/// <param name="Id">Lower-case letters, digits, '-'.</param>
/// <param name="Name">For people.</param>
/// <param name="LegalBasis">The legal basis, such as <c>Art. 6 Abs. 1 lit. e DSGVO i. V. m. § 3 DSG NRW</c>.</param>
/// <param name="Office">Id of the responsible office.</param>
/// <param name="Question">The question that is answered.</param>
/// <param name="ReviewDay">ISO date on which the purpose is to be reviewed.</param>
/// <param name="Override">True when it replaces the city's purpose of the same id within a district.</param>
[GenerateSerializer, Immutable, Alias("quartier.PurposeDefinition")]
public sealed record PurposeDefinition(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] string LegalBasis,
    [property: Id(3)] string Office,
    [property: Id(4)] string Question,
    [property: Id(5)] string ReviewDay,
    [property: Id(6)] bool Override);

using Quartier.Contracts.Registry;

namespace Quartier.Domain.Registers;

/// <summary>A purpose as the public register shows it.</summary>
/// <param name="Id">Id of the purpose.</param>
/// <param name="Name">For people.</param>
/// <param name="LegalBasis">The legal basis.</param>
/// <param name="Question">The question that is answered.</param>
/// <param name="Office">The responsible office and its contact.</param>
/// <param name="ReviewDay">ISO date on which the purpose is to be reviewed.</param>
/// <param name="ReviewPassed">Whether that day has passed.</param>
public sealed record RegisterPurpose(
    string Id, string Name, string LegalBasis, string Question, OfficeDefinition Office, string ReviewDay, bool ReviewPassed);

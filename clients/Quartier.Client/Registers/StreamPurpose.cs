namespace Quartier.Client.Registers;

/// <summary>A purpose for which data are collected.</summary>
/// <param name="Id">Id of the purpose.</param>
/// <param name="Name">For people.</param>
/// <param name="LegalBasis">The legal basis.</param>
/// <param name="Question">The question that is answered.</param>
/// <param name="ReviewDay">ISO date on which it is to be reviewed.</param>
/// <param name="ReviewPassed">Whether that day has passed.</param>
public sealed record StreamPurpose(string Id, string Name, string LegalBasis, string Question, string ReviewDay, bool ReviewPassed);

using Quartier.Client.Cities;

namespace Quartier.Client.Registers;

/// <summary>Who may read.</summary>
/// <param name="Kind"><c>public</c>, <c>office</c>, <c>role</c>, <c>contract</c> or <c>person</c>.</param>
/// <param name="Who">For people.</param>
/// <param name="Purpose">Id of the purpose.</param>
/// <param name="Resolution">How fine at most.</param>
/// <param name="Scope"><c>sensor</c> or <c>cell</c>.</param>
/// <param name="Until">When it ends.</param>
public sealed record StreamAccess(string Kind, Bilingual Who, string Purpose, string Resolution, string Scope, string Until);

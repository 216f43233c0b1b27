namespace Quartier.Api.Native.Ledgers;

/// <summary>Asks who a pseudonym stands for.</summary>
/// <param name="Pseudonym"><c>person#</c> and sixteen hexadecimal digits.</param>
internal sealed record ResolveRequest(string? Pseudonym);

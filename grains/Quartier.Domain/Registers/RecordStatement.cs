namespace Quartier.Domain.Registers;

/// <summary>A sentence of a record that keeps its id when its words change.</summary>
/// <param name="Id">Unique within its list.</param>
/// <param name="Text">In German.</param>
public sealed record RecordStatement(string Id, string Text);

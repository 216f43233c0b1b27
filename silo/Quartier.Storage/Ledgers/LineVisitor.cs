namespace Quartier.Storage.Ledgers;

/// <summary>Looks at a line; false when it has seen enough.</summary>
internal delegate bool LineVisitor(ReadOnlySpan<byte> line);

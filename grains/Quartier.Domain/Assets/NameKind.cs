namespace Quartier.Domain.Assets;

/// <summary>What a name in an expression stands for.</summary>
internal enum NameKind : byte
{
    Attribute = 0,
    Input = 1,
    ManyInput = 2,
    Computed = 3,
}

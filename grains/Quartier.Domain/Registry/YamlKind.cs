namespace Quartier.Domain.Registry;

/// <summary>Kinds of node in a YAML file.</summary>
internal enum YamlKind : byte
{
    Scalar = 0,
    Sequence = 1,
    Mapping = 2,
}

using System.Reflection.Metadata;

namespace Quartier.Engine.Conformance.Metadata;

/// <summary>The names of the generic parameters in scope.</summary>
internal sealed record GenericNames(string[] OfType, string[] OfMethod, MetadataReader Reader)
{
    public GenericNames(MetadataReader reader, GenericParameterHandleCollection ofType)
        : this(Names(reader, ofType), [], reader)
    {
    }

    public GenericNames With(GenericParameterHandleCollection ofMethod) => this with { OfMethod = Names(Reader, ofMethod) };

    private static string[] Names(MetadataReader reader, GenericParameterHandleCollection parameters) =>
        [.. parameters.Select(parameter => reader.GetString(reader.GetGenericParameter(parameter).Name))];
}

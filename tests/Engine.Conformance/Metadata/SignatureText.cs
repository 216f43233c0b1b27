using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Quartier.Engine.Conformance.Metadata;

/// <summary>Writes signatures as text, without regard to the assembly in which a type lives.</summary>
internal sealed class SignatureText(MetadataReader reader) : ISignatureTypeProvider<string, GenericNames>
{
    public string NameOf(TypeDefinitionHandle handle) => GetTypeFromDefinition(reader, handle, 0);

    public string NameOf(EntityHandle handle, GenericNames generics) => handle.IsNil
        ? ""
        : handle.Kind switch
        {
            HandleKind.TypeDefinition => NameOf((TypeDefinitionHandle)handle),
            HandleKind.TypeReference => GetTypeFromReference(reader, (TypeReferenceHandle)handle, 0),
            _ => GetTypeFromSpecification(reader, generics, (TypeSpecificationHandle)handle, 0),
        };

    public string NameOfConstructor(EntityHandle constructor) => constructor.Kind == HandleKind.MethodDefinition
        ? NameOf(reader.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType())
        : NameOf(reader.GetMemberReference((MemberReferenceHandle)constructor).Parent, new GenericNames([], [], reader));

    public string GetTypeFromDefinition(MetadataReader metadata, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        var type = metadata.GetTypeDefinition(handle);
        var name = metadata.GetString(type.Name);
        return type.GetDeclaringType() is { IsNil: false } outer ? $"{NameOf(outer)}+{name}" : Qualified(metadata.GetString(type.Namespace), name);
    }

    public string GetTypeFromReference(MetadataReader metadata, TypeReferenceHandle handle, byte rawTypeKind)
    {
        var type = metadata.GetTypeReference(handle);
        var name = metadata.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{GetTypeFromReference(metadata, (TypeReferenceHandle)type.ResolutionScope, 0)}+{name}"
            : Qualified(metadata.GetString(type.Namespace), name);
    }

    public string GetTypeFromSpecification(MetadataReader metadata, GenericNames genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        metadata.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

    public string GetSZArrayType(string elementType) => elementType + "[]";

    public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{shape.Rank}]";

    public string GetByReferenceType(string elementType) => elementType + "&";

    public string GetPointerType(string elementType) => elementType + "*";

    public string GetPinnedType(string elementType) => elementType;

    public string GetFunctionPointerType(MethodSignature<string> signature) => "function pointer";

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => $"{genericType}<{string.Join(",", typeArguments)}>";

    public string GetGenericTypeParameter(GenericNames genericContext, int index) => "!" + index;

    public string GetGenericMethodParameter(GenericNames genericContext, int index) => "!!" + index;

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => $"{unmodifiedType} modified by {modifier}";

    private static string Qualified(string space, string name) => space.Length == 0 ? name : $"{space}.{name}";
}

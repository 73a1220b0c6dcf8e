using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Kml.Build;

/// <summary>A model as an assembly carries it.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="CanonicalText">Its canonical text.</param>
public sealed record CarriedModel(string Name, string CanonicalText);

/// <summary>Reads the models that a compiled assembly carries.</summary>
public static class AssemblyModels
{
    private const string AttributeNamespace = "Kml";
    private const string AttributeName = "KmlModelAttribute";

    /// <summary>Reads the <c>[assembly: KmlModel(name, text)]</c> attributes, in the assembly's order.</summary>
    /// <param name="path">The assembly.</param>
    /// <returns>The models; empty if it carries none.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="BadImageFormatException">The file is no .NET assembly.</exception>
    public static IReadOnlyList<CarriedModel> Read(string path)
    {
        // Metadata only, from a copy in memory: a loaded assembly would stay locked in a build server, and would run with its dependencies missing.
        using PEReader image = new(ImmutableArray.Create(File.ReadAllBytes(path)));
        if (!image.HasMetadata)
            throw new BadImageFormatException("it has no .NET metadata");
        MetadataReader metadata = image.GetMetadataReader();
        if (!metadata.IsAssembly)
            throw new BadImageFormatException("it is a module, not an assembly");

        List<CarriedModel> models = [];
        foreach (CustomAttributeHandle handle in metadata.GetAssemblyDefinition().GetCustomAttributes())
        {
            CustomAttribute attribute = metadata.GetCustomAttribute(handle);
            if (IsModelAttribute(metadata, attribute))
                models.Add(Decode(metadata.GetBlobReader(attribute.Value)));
        }

        return models;
    }

    private static bool IsModelAttribute(MetadataReader metadata, CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind != HandleKind.MemberReference)
            return false;
        EntityHandle parent = metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        if (parent.Kind != HandleKind.TypeReference)
            return false;
        TypeReference type = metadata.GetTypeReference((TypeReferenceHandle)parent);
        return metadata.StringComparer.Equals(type.Namespace, AttributeNamespace)
            && metadata.StringComparer.Equals(type.Name, AttributeName);
    }

    private static CarriedModel Decode(BlobReader value)
    {
        const ushort Prolog = 1;
        if (value.ReadUInt16() != Prolog)
            throw new BadImageFormatException("a model attribute does not begin as attributes do");
        string name = value.ReadSerializedString() ?? throw new BadImageFormatException("a model attribute has no name");
        string text = value.ReadSerializedString() ?? throw new BadImageFormatException($"model '{name}' has no text");
        return new CarriedModel(name, text);
    }
}

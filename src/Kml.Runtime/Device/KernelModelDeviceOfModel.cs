using Kml.Model;
using Microsoft.Win32.SafeHandles;

namespace Kml.Runtime;

/// <summary>The open device of a loaded module, known to be made from <typeparamref name="TModel"/> as it is declared in this program.</summary>
/// <typeparam name="TModel">The model.</typeparam>
public sealed class KernelModelDevice<TModel> : KernelModelDevice
    where TModel : IKernelModel
{
    internal KernelModelDevice(SafeFileHandle file, string path, ModuleInfo info)
        : base(file, path, Verified(path, info))
    {
    }

    /// <summary>Opens the device and checks that module and declaration agree: name, fingerprint, and every offset of a record.</summary>
    /// <returns>The device; dispose of it to let another reader in.</returns>
    /// <exception cref="KernelModelException">It is absent, in use, not allowed, of another version, or of another model.</exception>
    public static KernelModelDevice<TModel> Open() =>
        Connect(TModel.Name, static (file, path, info) => new KernelModelDevice<TModel>(file, path, info));

    private static ModuleInfo Verified(string path, ModuleInfo info)
    {
        info.Require(path, TModel.Name, TModel.Fingerprint, RecordLayout.Of(ModelText.Read(TModel.CanonicalText)));
        return info;
    }
}

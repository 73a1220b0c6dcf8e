using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using Kml.Model;
using Kml.Runtime.Native;
using Microsoft.Win32.SafeHandles;

namespace Kml.Runtime;

/// <summary>
/// The switches and counters of a loaded module, files under <c>/sys/class/misc/kml-&lt;model&gt;/</c>. Every property reads or writes its file anew.
/// Anybody may read what only tells; the switches are for <c>CAP_SYS_ADMIN</c>, which root has. Any of them throws a
/// <see cref="KernelModelException"/> if the module refuses a value or has gone.
/// </summary>
public sealed class ModelControls
{
    private readonly string _folder;

    /// <summary>Uses a folder of attributes.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="folder">The folder.</param>
    internal ModelControls(string model, string folder)
    {
        Model = model;
        _folder = folder;
        if (!Directory.Exists(folder))
        {
            throw new KernelModelException(
                $"There is no {folder}: the module kml_{model} is not loaded on this machine. Load it: insmod bin/kmod/{model}/kml_{model}.ko",
                LibC.NoEntry);
        }
    }

    /// <summary>The model's name.</summary>
    public string Model { get; }

    /// <summary>Whether the module is still there.</summary>
    internal bool Exists => Directory.Exists(_folder);

    /// <summary>Whether records are made, and until when.</summary>
    /// <exception cref="KernelModelException">
    /// Nobody has the device open, or there is no memory for the rings; the user may not, or the module has gone.
    /// </exception>
    public Collecting Collect
    {
        get => Read(SwitchCatalog.Collect) switch
        {
            "0" => Collecting.Off,
            "1" => Collecting.WithReader,
            "keep" => Collecting.Keep,
            string other => throw Unknown(SwitchCatalog.Collect, other),
        };
        set => Write(SwitchCatalog.Collect, value switch { Collecting.Off => "0", Collecting.WithReader => "1", _ => "keep" });
    }

    /// <summary>Whether the module predicts; needs a module made with weights.</summary>
    /// <exception cref="KernelModelException">The module was made without weights, the user may not, or the module has gone.</exception>
    public bool Predict
    {
        get => IsOn(SwitchCatalog.Predict);
        set => Write(SwitchCatalog.Predict, value ? "1" : "0");
    }

    /// <summary>Whether the policy's actions are carried out; needs a module made with weights, of a model with a policy. Off at load.</summary>
    /// <exception cref="KernelModelException">The module has no weights or no policy, the user may not, or the module has gone.</exception>
    public bool Act
    {
        get => IsOn(SwitchCatalog.Act);
        set => Write(SwitchCatalog.Act, value ? "1" : "0");
    }

    /// <summary>Which engine may predict.</summary>
    /// <exception cref="KernelModelException">
    /// The model has no integer twin to choose, the user may not, or the module has gone or is of another version.
    /// </exception>
    public PredictionPath Path
    {
        get => Read(SwitchCatalog.Path) is var word && PathOf(word) is { } path ? path : throw Unknown(SwitchCatalog.Path, word);
        set => Write(SwitchCatalog.Path, value.ToString().ToLowerInvariant());
    }

    /// <summary>The share of predictions on which nothing is carried out, in per cent, 0 to 100.</summary>
    /// <exception cref="KernelModelException">It is out of range, the user may not, or the module has gone.</exception>
    public int HoldoutPercent
    {
        get => (int)Number(SwitchCatalog.Holdout, (uint)SwitchCatalog.Holdout.Most);
        set => Write(SwitchCatalog.Holdout, value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The chosen disks, by the kernel's names, such as <c>vda</c>; <c>/dev/vda</c> and <c>254:0</c> are taken as well. All or nothing.</summary>
    /// <exception cref="KernelModelException">
    /// One of them is no disk, or none that makes requests; they are too many; the user may not, or the module has gone.
    /// </exception>
    public IReadOnlyList<string> Devices
    {
        get => Read(SwitchCatalog.Devices).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        set => Write(SwitchCatalog.Devices, value.Count == 0 ? "none" : string.Join(' ', value));
    }

    /// <summary>SHA-256 of the learned part of the model that the module was made from.</summary>
    public string Fingerprint => Read(SwitchCatalog.Fingerprint);

    /// <summary>The version of the weights, 0 without weights.</summary>
    public uint WeightsVersion => Number(SwitchCatalog.WeightsVersion, uint.MaxValue);

    /// <summary>Which compiled form of the float network this processor runs.</summary>
    public string InstructionSet => Read(SwitchCatalog.Isa);

    /// <summary>The controls of a loaded module.</summary>
    /// <param name="model">The model's name.</param>
    /// <returns>The controls.</returns>
    /// <exception cref="KernelModelException">The module is not loaded.</exception>
    public static ModelControls Of(string model) => new(model, $"/sys/class/misc/kml-{model}");

    /// <summary>Reads the counters, of all groups or of some.</summary>
    /// <param name="groups">The groups; all of <see cref="CounterCatalog.Groups"/> unless some are named.</param>
    /// <returns>What they hold.</returns>
    public CounterValues Counters(params IEnumerable<CounterGroup> groups) => new(
        from g in groups.DefaultIfEmpty().SelectMany(g => g is null ? CounterCatalog.Groups : [g])
        from c in g.Counters
        select KeyValuePair.Create(c, Count(g.Word, c.Word)));

    /// <summary>What a switch's file holds, word for word.</summary>
    /// <param name="info">A row of <see cref="SwitchCatalog"/>.</param>
    /// <returns>The text, without its line's end; empty where nothing is chosen.</returns>
    /// <exception cref="KernelModelException">The user may not read it, or the module has gone or is of another version.</exception>
    public string Read(SwitchInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        return Read(info.Word);
    }

    /// <summary>What a refused value means, by the error numbers that the module gives.</summary>
    internal static string Reason(string attribute, int error) => error switch
    {
        LibC.AccessDenied or LibC.PermissionDenied => "writing it needs CAP_SYS_ADMIN; run as root",
        LibC.NotConnected when attribute == SwitchCatalog.Collect.Word => "nobody has the device open: open it first, or collect without a reader (keep)",
        LibC.NoSpace when attribute == SwitchCatalog.Collect.Word =>
            "the rings of all CPUs would take more than the module's ring_mib; load it with a larger one",
        LibC.NoMemory when attribute == SwitchCatalog.Collect.Word => "there is not enough memory for the rings",
        LibC.NoDevice or LibC.NoSuchDevice or LibC.NoEntry when attribute == SwitchCatalog.Devices.Word =>
            "there is no such block device; see lsblk for those there are",
        LibC.NotSupported when attribute == SwitchCatalog.Devices.Word =>
            "a disk of these makes no requests, which the model's label needs: choose the disk below it, if there is one; the kernel's log (dmesg) names it",
        LibC.TooMany when attribute == SwitchCatalog.Devices.Word => "it takes fewer devices; the kernel's log (dmesg) says how many",
        LibC.NoData when attribute == SwitchCatalog.Predict.Word || attribute == SwitchCatalog.Act.Word =>
            "the module was built without weights: train, build again, and load that module",
        LibC.NotSupported when attribute == SwitchCatalog.Act.Word => "this model has no [Policy], so there is nothing to carry out",
        LibC.NotSupported when attribute == SwitchCatalog.Path.Word =>
            "this model has no integer twin: its features, label, verdict or policy use floating point",
        LibC.Invalid => "it is no value of this attribute; the kernel's log (dmesg) may say more",
        LibC.OutOfRange => "it is out of range",
        _ => LibC.Describe(error),
    };

    private static PredictionPath? PathOf(string word) =>
        Enum.GetValues<PredictionPath>().Where(p => p.ToString().Equals(word, StringComparison.OrdinalIgnoreCase)).Cast<PredictionPath?>().SingleOrDefault();

    private bool IsOn(SwitchInfo info) => Read(info) switch
    {
        "0" => false,
        "1" => true,
        string other => throw Unknown(info, other),
    };

    private uint Number(SwitchInfo info, uint most)
    {
        string text = Read(info);
        return uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint value) && value <= most ? value : throw Unknown(info, text);
    }

    private KernelModelException Unknown(SwitchInfo info, string text) =>
        new($"{_folder}/{info.Word} holds '{text}', which this version of KmlCompiler does not know.");

    private ulong Count(string group, string name)
    {
        string text = Read(System.IO.Path.Combine(group, name));
        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong count)
            ? count
            : throw new KernelModelException($"{_folder}/{group}/{name} holds '{text}', not a count.");
    }

    private string Read(string attribute)
    {
        string file = System.IO.Path.Combine(_folder, attribute);
        try
        {
            return File.ReadAllText(file).TrimEnd('\n');
        }
        catch (UnauthorizedAccessException) when (File.Exists(file))
        {
            throw new KernelModelException($"{file} may not be read by this user: switches need CAP_SYS_ADMIN. Run as root.", LibC.AccessDenied);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KernelModelException(
                $"{file} could not be read: {e.Message} The module kml_{Model} may have been unloaded, or be of another version of KmlCompiler.");
        }
    }

    internal unsafe void Write(SwitchInfo info, string value)
    {
        string file = System.IO.Path.Combine(_folder, info.Word);
        using SafeFileHandle handle = LibC.Open(file, LibC.OpenWriteOnly | LibC.OpenCloseOnExec);
        byte[] bytes = Encoding.ASCII.GetBytes(value + "\n");
        int error = handle.IsInvalid ? Marshal.GetLastPInvokeError() : 0;
        if (error == 0)
        {
            // One call: each write to an attribute is a whole value.
            fixed (byte* at = bytes)
                error = LibC.Write(handle, at, (nuint)bytes.Length) == bytes.Length ? 0 : Marshal.GetLastPInvokeError();
        }

        if (error != 0)
            throw new KernelModelException($"{file} refused '{value}': {Reason(info.Word, error)}.", error);
    }
}
